/** Short forms of the files that describe tables of Dataverse. */

export const CSDL_URI = 'file:///m/$metadata.xml';
export const SOLUTION_URI = 'file:///m/customizations.xml';

export const csdlText = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="crmbaseentity" Abstract="true">
        <Property Name="versionnumber" Type="Edm.Int64" />
      </EntityType>
      <EntityType Name="account" BaseType="mscrm.crmbaseentity">
        <Key><PropertyRef Name="accountid" /></Key>
        <Property Name="accountid" Type="Edm.Guid" Nullable="false" />
        <Property Name="name" Type="Edm.String" MaxLength="160" />
        <Property Name="customertypecode" Type="Edm.Int32" />
        <Property Name="donotphone" Type="Edm.Boolean" />
        <Property Name="_primarycontactid_value" Type="Edm.Guid" />
        <Property Name="openedon" Type="Edm.Date" />
        <NavigationProperty Name="primarycontactid" Type="mscrm.contact" />
      </EntityType>
      <EntityType Name="orphan" BaseType="mscrm.nobody"><Property Name="a" Type="Edm.String" /></EntityType>
      <EntityType Name="circle" BaseType="mscrm.circle"><Property Name="a" Type="Edm.String" /></EntityType>
      <EntityContainer Name="System">
        <EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account" />
        <EntitySet Name="orphans" EntityType="Microsoft.Dynamics.CRM.orphan" />
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;

export const solutionXml = `<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml>
  <Entities>
    <Entity>
      <Name LocalizedName="Account" OriginalName="Account">Account</Name>
      <EntityInfo>
        <entity Name="Account">
          <attributes>
            <attribute PhysicalName="Name"><Type>nvarchar</Type><LogicalName>name</LogicalName><RequiredLevel>required</RequiredLevel><MaxLength>160</MaxLength></attribute>
            <attribute PhysicalName="PrimaryContactId"><Type>lookup</Type><LogicalName>primarycontactid</LogicalName><RequiredLevel>none</RequiredLevel></attribute>
            <attribute PhysicalName="statecode"><Type>state</Type><LogicalName>statecode</LogicalName><RequiredLevel>systemrequired</RequiredLevel><optionset Name="account_statecode"><states><state value="0"><labels><label description="Active" languagecode="1033" /><label description="Actif" languagecode="1036" /></labels></state><state value="1"><labels><label description="Inactive" languagecode="1033" /></labels></state></states></optionset></attribute>
            <attribute PhysicalName="new_Kind"><Type>picklist</Type><Name>new_kind</Name><optionset Name="new_kind"><options><option value="100"><labels><label description="One" languagecode="1033" /></labels></option></options></optionset></attribute>
            <attribute PhysicalName="new_Shared"><Type>picklist</Type><OptionSetName>new_set</OptionSetName></attribute>
          </attributes>
          <EntitySetName>accounts</EntitySetName>
        </entity>
      </EntityInfo>
    </Entity>
  </Entities>
  <optionsets>
    <optionset Name="new_set"><options><option value="7"><labels><label description="Seven" languagecode="1033" /></labels></option></options></optionset>
  </optionsets>
</ImportExportXml>
`;
